//! The rules raised by this crate.
//!
//! [`NOT_CARRIED_OUT`] and [`UNKNOWN_TYPE`] are warnings to a checker; whoever runs a manifest refuses on them.

use burgee_source::{Rule, Severity, Text};

/// A type that KubeVela ships and that is not carried out yet.
pub static NOT_CARRIED_OUT: Rule = Rule {
    code: "definition/not-carried-out",
    severity: Severity::Warning,
    message: Text::new(
        "{family} type `{type}` is known to KubeVela but not carried out yet",
        "{family} 类型 `{type}` 是 KubeVela 的内置类型，但目前尚不能执行",
    ),
};

/// A type that nobody ships.
pub static UNKNOWN_TYPE: Rule = Rule {
    code: "definition/unknown-type",
    severity: Severity::Warning,
    message: Text::new(
        "there is no {family} type `{type}`",
        "没有名为 `{type}` 的 {family} 类型",
    ),
};

/// A parameter that is understood but not carried out yet.
pub static PARAMETER_NOT_CARRIED_OUT: Rule = Rule {
    code: "definition/parameter-not-carried-out",
    severity: Severity::Error,
    message: Text::new(
        "`{field}` of {owner} is not carried out yet",
        "{owner} 的 `{field}` 目前尚不能执行",
    ),
};

/// A step names a component that the application does not have.
pub static UNKNOWN_COMPONENT: Rule = Rule {
    code: "definition/unknown-component",
    severity: Severity::Error,
    message: Text::new(
        "the application has no component `{component}`",
        "应用中没有组件 `{component}`",
    ),
};

/// An input goes to a trait that the component does not have.
pub static UNKNOWN_TRAIT_INDEX: Rule = Rule {
    code: "definition/no-such-trait",
    severity: Severity::Error,
    message: Text::new(
        "component `{component}` has no trait number {index}",
        "组件 `{component}` 没有序号为 {index} 的运维特征",
    ),
};

/// A value that is none of the few allowed.
pub static NOT_ALLOWED: Rule = Rule {
    code: "definition/not-allowed",
    severity: Severity::Error,
    message: Text::new(
        "`{field}` cannot be `{value}`",
        "`{field}` 的值不能是 `{value}`",
    ),
};

/// A port number outside 1 to 65535.
pub static PORT_RANGE: Rule = Rule {
    code: "definition/port-range",
    severity: Severity::Error,
    message: Text::new(
        "`{field}` is {value}, which is no port number",
        "`{field}` 的值 {value} 不是有效的端口号",
    ),
};

/// An Ingress path that does not start at the root.
pub static PATH_NOT_ABSOLUTE: Rule = Rule {
    code: "definition/path-not-absolute",
    severity: Severity::Error,
    message: Text::new(
        "the path `{path}` does not begin with `/`",
        "路径 `{path}` 没有以 `/` 开头",
    ),
};

/// An `ingress` trait without any path: Kubernetes takes neither its Service nor its Ingress.
pub static NO_PATHS: Rule = Rule {
    code: "definition/no-paths",
    severity: Severity::Error,
    message: Text::new("`http` names no path", "`http` 中没有任何路径"),
};

/// A parameter that changes nothing because of another one.
pub static NO_EFFECT: Rule = Rule {
    code: "definition/no-effect",
    severity: Severity::Warning,
    message: Text::new("`{field}` has no effect here", "`{field}` 在此处不起作用"),
};

/// A component whose name cannot be the name of its objects.
pub static INVALID_NAME: Rule = Rule {
    code: "definition/invalid-name",
    severity: Severity::Error,
    message: Text::new(
        "`{name}` cannot be the name of a Kubernetes {kind}",
        "`{name}` 不能用作 Kubernetes {kind} 的名称",
    ),
};

/// Two traits of a component that make one and the same object.
pub static DUPLICATE_TRAIT: Rule = Rule {
    code: "definition/duplicate-trait",
    severity: Severity::Error,
    message: Text::new(
        "component `{component}` has two `{type}` traits, and both would write Ingress `{component}`",
        "组件 `{component}` 有两个 `{type}` 运维特征，它们会写入同一个 Ingress `{component}`",
    ),
};

/// A component's exposed ports and its `ingress` trait meet in one Service.
pub static SHARED_SERVICE: Rule = Rule {
    code: "definition/shared-service",
    severity: Severity::Warning,
    message: Text::new(
        "the exposed ports of `{component}` and its `ingress` trait share Service `{component}`",
        "`{component}` 暴露的端口与 `ingress` 运维特征共用 Service `{component}`",
    ),
};

/// Two ports of a component with one name.
pub static DUPLICATE_PORT: Rule = Rule {
    code: "definition/duplicate-port",
    severity: Severity::Error,
    message: Text::new("two ports are called `{name}`", "有两个端口都叫 `{name}`"),
};

/// A port that is exposed twice: a Service cannot list it twice.
pub static DUPLICATE_EXPOSED: Rule = Rule {
    code: "definition/duplicate-exposed-port",
    severity: Severity::Error,
    message: Text::new(
        "port {port}/{protocol} is exposed twice",
        "端口 {port}/{protocol} 被重复暴露",
    ),
};

/// A name that Kubernetes does not take for a port.
pub static INVALID_PORT_NAME: Rule = Rule {
    code: "definition/invalid-port-name",
    severity: Severity::Error,
    message: Text::new(
        "`{name}` cannot be the name of a port",
        "`{name}` 不能用作端口名称",
    ),
};

/// A host that is no DNS name: with a scheme, a port or a path, or with capitals.
pub static INVALID_DOMAIN: Rule = Rule {
    code: "definition/invalid-domain",
    severity: Severity::Error,
    message: Text::new("`{value}` is not a domain name", "`{value}` 不是有效的域名"),
};

/// A string that must not be empty.
pub static EMPTY: Rule = Rule {
    code: "definition/empty",
    severity: Severity::Error,
    message: Text::new("`{field}` is empty", "`{field}` 为空"),
};

/// A provider answered in a shape that its action does not have.
pub static MALFORMED_RESULT: Rule = Rule {
    code: "definition/malformed-result",
    severity: Severity::Error,
    message: Text::new(
        "the answer to `{call}` does not hold what was asked for",
        "`{call}` 的返回结果与请求不符",
    ),
};

/// A text that is no duration, or one below zero.
pub static BAD_DURATION: Rule = Rule {
    code: "definition/bad-duration",
    severity: Severity::Error,
    message: Text::new(
        "`{field}` is `{value}`, which is no duration such as `30s`, `5m` or `1h30m`",
        "`{field}` 的值 `{value}` 不是有效的时长，例如 `30s`、`5m` 或 `1h30m`",
    ),
};

/// A text that no request can go to. It is not shown: it may be a secret.
pub static NOT_A_URL: Rule = Rule {
    code: "definition/not-a-url",
    severity: Severity::Error,
    message: Text::new("`url` is not a URL", "`url` 不是有效的 URL"),
};

/// A URL that is given in place and in a Secret.
pub static URL_TWICE: Rule = Rule {
    code: "definition/url-twice",
    severity: Severity::Error,
    message: Text::new(
        "`url` has both `value` and `secretRef`",
        "`url` 同时有 `value` 和 `secretRef`",
    ),
};

/// An output reads an answer as JSON that is none.
pub static ANSWER_NO_JSON: Rule = Rule {
    code: "definition/answer-no-json",
    severity: Severity::Error,
    message: Text::new(
        "output `{output}` reads `response`, but the body of the answer is not JSON",
        "输出 `{output}` 读取 `response`，但响应体不是 JSON",
    ),
};

/// A step that waits for the application that it belongs to.
pub static WAITS_FOR_ITSELF: Rule = Rule {
    code: "definition/waits-for-itself",
    severity: Severity::Error,
    message: Text::new(
        "application `{application}` waits for itself: it runs only when its workflow is over",
        "应用 `{application}` 在等待自己：工作流结束后它才会运行",
    ),
};

pub(crate) const THIS_APPLICATION: Text = Text::new("this application", "本应用");
pub(crate) const A_URL: Text = Text::new(
    "begin with https://, or with http:// for this machine",
    "请以 https:// 开头；访问本机时可用 http://",
);
pub(crate) const URL_FORMS: Text = Text::new(
    "write the URL itself, or `secretRef: {{name: …, key: …}`",
    "请直接写 URL，或写 `secretRef: {{name: …, key: …}`",
);
pub(crate) const PLAIN_BODY: Text = Text::new(
    "the body as it came is `req.$returns.body`",
    "原始响应体为 `req.$returns.body`",
);
pub(crate) const SUB_STEPS: Text = Text::new(
    "what a group does stands in its `subSteps`",
    "分组要做的事写在 `subSteps` 中",
);
pub(crate) const DID_YOU_MEAN: Text =
    Text::new("did you mean `{suggestion}`?", "是否想写 `{suggestion}`？");
pub(crate) const ALLOWED: Text = Text::new("allowed: {allowed}", "可用的值：{allowed}");
pub(crate) const CARRIED_OUT: Text =
    Text::new("carried out today: {runnable}", "目前可以执行：{runnable}");
pub(crate) const NOTHING_CARRIED_OUT: Text = Text::new(
    "leave it out, or run the manifest with KubeVela",
    "请去掉它，或使用 KubeVela 运行该清单",
);
pub(crate) const PORTS: Text = Text::new("a port is 1 to 65535", "端口号的范围是 1 到 65535");
pub(crate) const ONE_CLUSTER: Text = Text::new(
    "leave `cluster` out, or write `local`",
    "请去掉 `cluster`，或写成 `local`",
);
pub(crate) const EXISTING: Text = Text::new("components: {existing}", "现有组件：{existing}");
pub(crate) const NO_COMPONENTS: Text = Text::new(
    "add the component under `spec.components`",
    "请在 `spec.components` 中添加该组件",
);
pub(crate) const OTHER_SERVICE: Text =
    Text::new("use `dingding` or `slack`", "请改用 `dingding` 或 `slack`");
pub(crate) const NODE_PORT: Text = Text::new(
    "it counts with `exposeType: NodePort` and `expose: true`",
    "仅在 `exposeType: NodePort` 且 `expose: true` 时生效",
);
pub(crate) const LIMIT: Text = Text::new(
    "a limit counts only beside a request: give the component `{field}` too",
    "只有同时为组件设置了 `{field}`，限制才会生效",
);
pub(crate) const NOTHING_EXPOSED: Text = Text::new(
    "no port is exposed: set `expose: true` on one of `ports`",
    "没有暴露任何端口：请在 `ports` 的某一项上设置 `expose: true`",
);
pub(crate) const PORTS_WIN: Text = Text::new(
    "`ports` takes its place: list the port there",
    "已使用 `ports`：请把该端口写到 `ports` 中",
);
pub(crate) const MOUNTS_WIN: Text = Text::new(
    "`volumeMounts` takes its place: move the volumes there",
    "已使用 `volumeMounts`：请把存储卷移到其中",
);
pub(crate) const FROM_ROOT: Text = Text::new("write `/{path}`", "请写成 `/{path}`");
pub(crate) const A_PATH: Text = Text::new(
    "name a path and the port it leads to, such as `/: 8000`",
    "请写出路径及其对应的端口，例如 `/: 8000`",
);
pub(crate) const NAME_PORT: Text = Text::new(
    "give one of them another `name`",
    "请为其中一个设置不同的 `name`",
);
pub(crate) const DNS_LABEL: Text = Text::new(
    "up to 63 lower-case letters, digits and `-`; begin with a letter, do not end with `-`",
    "最多 63 个小写字母、数字和 `-`；以字母开头，且不能以 `-` 结尾",
);
pub(crate) const FIRST_TRAIT: Text = Text::new("the first one", "第一个");
pub(crate) const ONE_INGRESS: Text = Text::new(
    "put the paths of one domain into one trait; for another domain use another component",
    "请把同一域名的路径写进一个运维特征；另一个域名请使用另一个组件",
);
pub(crate) const ONE_SERVICE: Text = Text::new(
    "it gets the ports of both; with KubeVela the two overwrite each other",
    "它会包含两者的端口；在 KubeVela 中两者会互相覆盖",
);
pub(crate) const PORT_NAME: Text = Text::new(
    "up to 15 lower-case letters, digits and single `-`, with a letter among them",
    "最多 15 个小写字母、数字和不连续的 `-`，且至少包含一个字母",
);
pub(crate) const BARE_DOMAIN: Text = Text::new(
    "write the bare name, such as `app.example.com`, in lower case",
    "请只写小写的域名本身，例如 `app.example.com`",
);
pub(crate) const AN_IMAGE: Text = Text::new(
    "name a container image, such as `nginx:1.29`",
    "请填写容器镜像，例如 `nginx:1.29`",
);
pub(crate) const EXPOSE_ONCE: Text = Text::new(
    "give one of them another `port`, or expose only one",
    "请为其中一个设置不同的 `port`，或只暴露一个",
);
