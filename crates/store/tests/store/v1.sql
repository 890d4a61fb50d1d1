-- A database of version 1, with every kind of record. Never to be changed: what is in it must be read for ever.
PRAGMA journal_mode = WAL;
BEGIN;
CREATE TABLE store (key BLOB NOT NULL, syncs INTEGER NOT NULL);
CREATE TABLE runs (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  application TEXT NOT NULL,
  namespace TEXT NOT NULL,
  manifest TEXT,
  origin TEXT NOT NULL,
  created INTEGER NOT NULL,
  phase TEXT NOT NULL,
  message TEXT NOT NULL,
  updated INTEGER NOT NULL,
  finished INTEGER,
  records INTEGER NOT NULL
);
CREATE INDEX runs_by_application ON runs (application, created);
CREATE INDEX runs_by_age ON runs (created);
CREATE TABLE records (
  run INTEGER NOT NULL REFERENCES runs,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (run, seq)
) WITHOUT ROWID;
CREATE TABLE commands (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES runs,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT,
  command TEXT NOT NULL,
  done INTEGER,
  refusal TEXT
);
CREATE INDEX commands_open ON commands (run) WHERE done IS NULL;
INSERT INTO store VALUES (x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 3);
INSERT INTO runs VALUES (1, 'kx3f22', 'shop', 'default', 'app.yaml', '{"set":["notify.slack.url.value"]}', 1767268800000000000, 'terminated', 'ended by li', 1767268895000000001, 1767268895000000001, 37);
INSERT INTO records VALUES (1, 1, 1767268800000000000, '{"runStarted":{"run":"kx3f22","application":"shop","namespace":"default","target":"sandbox","mode":"StepByStep-DAG","steps":[{"id":"a1","name":"deploy","type":"apply-component"},{"id":"g1","name":"tell","type":"step-group","alias":"Tell everybody"},{"id":"b1","name":"slack","type":"notification","group":"g1"},{"id":"b2","name":"dingtalk","type":"notification","group":"g1"},{"id":"c1","name":"ask","type":"suspend"},{"id":"d1","name":"rollback","type":"apply-component"}]}}');
INSERT INTO records VALUES (1, 2, 1767268800000000000, '{"ownerTook":{"process":4711,"host":"ci-1","version":"0.1.0"}}');
INSERT INTO records VALUES (1, 3, 1767268801000000000, '{"stepStarted":{"step":"a1"}}');
INSERT INTO records VALUES (1, 4, 1767268801000000000, '{"callIntended":{"key":"k1","step":"a1","path":"apply","provider":"oam","action":"apply","kind":"idempotent"}}');
INSERT INTO records VALUES (1, 5, 1767268802000000000, '{"objectApplied":{"step":"a1","object":{"apiVersion":"apps/v1","kind":"Deployment","namespace":"default","name":"web"}}}');
INSERT INTO records VALUES (1, 6, 1767268802000000000, '{"callFinished":{"key":"k1","step":"a1","end":{"result":{"replicas":2,"price":1.10,"big":123456789012345678901234567890}}}}');
INSERT INTO records VALUES (1, 7, 1767268803000000000, '{"stepWaiting":{"step":"a1","message":"deployment web: 0 of 2 ready"}}');
INSERT INTO records VALUES (1, 8, 1767268805000000000, '{"stepWaiting":{"step":"a1","message":"deployment web: 1 of 2 ready","until":"2026-01-01T12:10:00Z"}}');
INSERT INTO records VALUES (1, 9, 1767268806000000000, '{"variableSet":{"step":"a1","name":"price","value":1.10}}');
INSERT INTO records VALUES (1, 10, 1767268806000000000, '{"stepFinished":{"step":"a1","phase":"succeeded"}}');
INSERT INTO records VALUES (1, 11, 1767268807000000000, '{"stepStarted":{"step":"g1"}}');
INSERT INTO records VALUES (1, 12, 1767268807000000000, '{"stepStarted":{"step":"b1"}}');
INSERT INTO records VALUES (1, 13, 1767268807000000000, '{"callIntended":{"key":"k2","step":"b1","path":"slack","provider":"notify","action":"send","kind":"once"}}');
INSERT INTO records VALUES (1, 14, 1767268808000000000, '{"deliveryRetried":{"step":"b1","delivery":{"service":"slack","destination":"https://hooks.slack.com/…#3fa9c1","outcome":"Transient","attempts":1,"httpStatus":500,"latencyMs":12,"message":"HTTP 500"},"waitMs":1200}}');
INSERT INTO records VALUES (1, 15, 1767268809000000000, '{"callFinished":{"key":"k2","step":"b1","end":{"result":{}}}}');
INSERT INTO records VALUES (1, 16, 1767268809000000000, '{"deliveryFinished":{"step":"b1","delivery":{"service":"slack","destination":"https://hooks.slack.com/…#3fa9c1","outcome":"Delivered","attempts":2,"httpStatus":200,"serviceCode":"ok","latencyMs":9}}}');
INSERT INTO records VALUES (1, 17, 1767268809000000000, '{"stepFinished":{"step":"b1","phase":"succeeded"}}');
INSERT INTO records VALUES (1, 18, 1767268809000000000, '{"stepStarted":{"step":"b2"}}');
INSERT INTO records VALUES (1, 19, 1767268809000000000, '{"callIntended":{"key":"k3","step":"b2","path":"dingding","provider":"notify","action":"send","kind":"once"}}');
INSERT INTO records VALUES (1, 20, 1767268860000000000, '{"ownerTook":{"process":4712,"host":"ci-2","version":"0.1.0"}}');
INSERT INTO records VALUES (1, 21, 1767268860000000000, '{"callUnknown":{"key":"k3","step":"b2","message":"the process ended before the answer came"}}');
INSERT INTO records VALUES (1, 22, 1767268860000000000, '{"stepFinished":{"step":"b2","phase":"failed","reason":"Execute","message":"whether DingTalk has the message is not known"}}');
INSERT INTO records VALUES (1, 23, 1767268860000000000, '{"restarted":{"from":"b2","steps":["b2"],"again":false,"by":"wang"}}');
INSERT INTO records VALUES (1, 24, 1767268861000000000, '{"stepStarted":{"step":"b2","attempt":2}}');
INSERT INTO records VALUES (1, 25, 1767268861000000000, '{"callIntended":{"key":"k4","step":"b2","path":"dingding","provider":"notify","action":"send","kind":"once"}}');
INSERT INTO records VALUES (1, 26, 1767268862000000000, '{"callFinished":{"key":"k4","step":"b2","end":{"failed":{"class":"Unknown","message":"no answer"}}}}');
INSERT INTO records VALUES (1, 27, 1767268862000000000, '{"stepFinished":{"step":"b2","phase":"failed","reason":"Execute","message":"no answer"}}');
INSERT INTO records VALUES (1, 28, 1767268862000000000, '{"stepFinished":{"step":"g1","phase":"failed"}}');
INSERT INTO records VALUES (1, 29, 1767268863000000000, '{"stepStarted":{"step":"c1"}}');
INSERT INTO records VALUES (1, 30, 1767268863000000000, '{"suspended":{"step":"c1","message":"Is the shop up?","until":"2026-01-02T12:00:00Z"}}');
INSERT INTO records VALUES (1, 31, 1767268890000000000, '{"resumed":{"step":"c1","by":"wang","reason":"checked by hand"}}');
INSERT INTO records VALUES (1, 32, 1767268890000000000, '{"stepFinished":{"step":"c1","phase":"succeeded"}}');
INSERT INTO records VALUES (1, 33, 1767268891000000000, '{"conditionFalse":{"step":"d1","condition":"status.deploy.phase == \"failed\"","read":[{"name":"status.deploy.phase","value":"succeeded"},{"name":"status.deploy.reason"}]}}');
INSERT INTO records VALUES (1, 34, 1767268891000000000, '{"stepFinished":{"step":"d1","phase":"skipped","reason":"Skip"}}');
INSERT INTO records VALUES (1, 35, 1767268892000000000, '{"suspended":{"by":"li"}}');
INSERT INTO records VALUES (1, 36, 1767268895000000000, '{"terminated":{"by":"li","reason":"enough"}}');
INSERT INTO records VALUES (1, 37, 1767268895000000001, '{"runFinished":{"phase":"terminated","message":"ended by li"}}');
INSERT INTO commands VALUES (1, 1, 1767268880000000000, 'li', NULL, '{"suspend":{}}', 1767268890000000000, NULL);
INSERT INTO commands VALUES (2, 1, 1767268880000000000, 'wang', 'checked by hand', '{"resume":{"step":"c1"}}', 1767268890000000000, 'step c1 is not suspended');
INSERT INTO commands VALUES (3, 1, 1767268880000000000, 'li', 'enough', '{"terminate":{}}', NULL, NULL);
INSERT INTO commands VALUES (4, 1, 1767268880000000000, 'wang', NULL, '{"restart":{"from":"b2","again":false}}', NULL, NULL);
PRAGMA application_id = 1112688453;
PRAGMA user_version = 1;
COMMIT;
