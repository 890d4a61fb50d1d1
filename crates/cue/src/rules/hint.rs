//! What is said beside a problem: the way out, and the other places.

use burgee_source::Text;

pub(crate) const DID_YOU_MEAN: Text =
    Text::new("did you mean `{suggestion}`?", "是否想写 `{suggestion}`？");
pub(crate) const FIELDS_ARE: Text = Text::new("it has: {fields}", "现有字段：{fields}");
pub(crate) const NO_FIELDS: Text = Text::new("it has no fields", "没有任何字段");
pub(crate) const NAMES_ARE: Text = Text::new("known names: {names}", "已知名称：{names}");
pub(crate) const PACKAGES_ARE: Text = Text::new("available: {packages}", "可用的包：{packages}");
pub(crate) const REMOVE_IT: Text = Text::new("remove it", "请删除");
pub(crate) const USE_FUNCTION: Text = Text::new("use `{function}`", "请使用 `{function}`");
pub(crate) const TEST_FIRST: Text = Text::new(
    "if it may be absent, ask first: `if {path} != _|_ {{ … }`",
    "若该字段可能不存在，请先判断：`if {path} != _|_ {{ … }`",
);
pub(crate) const CONVERT: Text = Text::new(
    "to put a value into a string, write `\"\\(value)\"`",
    "要把值放入字符串，请写 `\"\\(value)\"`",
);
pub(crate) const SEPARATE: Text = Text::new(
    "a line break does not separate here: end the line with a comma or an operator",
    "此处换行不作分隔：请以逗号或运算符结束该行",
);
pub(crate) const IS_TYPE_LEFT: Text = Text::new("{left_type}", "{left_type}");
pub(crate) const IS_TYPE_RIGHT: Text = Text::new("{right_type}", "{right_type}");
pub(crate) const IN_DATA: Text = Text::new("this is {owner}", "这是 {owner}");
pub(crate) const THE_BOUND: Text = Text::new("{bound}", "{bound}");
pub(crate) const CLOSEST_FAILS: Text =
    Text::new("the closest one: {reason}", "最接近的一项：{reason}");
pub(crate) const SET_IT: Text = Text::new("give it a value", "请给出具体值");
pub(crate) const THE_OTHER: Text = Text::new("the other one", "另一个");
pub(crate) const OPENED_HERE: Text = Text::new("it is opened here", "在此处打开");
pub(crate) const DECLARED_HERE: Text = Text::new("it is declared here", "在此处声明");
pub(crate) const NO_SEMICOLON: Text = Text::new(
    "CUE has no `;`: write a comma or begin a new line",
    "CUE 没有 `;`：请写逗号或换行",
);
pub(crate) const NO_ARROW: Text = Text::new(
    "`<-` is read as one word: put a blank between, `< -1`",
    "`<-` 会被当作一个词：请用空格分开，如 `< -1`",
);
pub(crate) const KEYWORD: Text = Text::new(
    "{found} is a keyword: it can name a field, and nothing else",
    "{found} 是关键字：只能用作字段名",
);
pub(crate) const EXPERIMENTS_ARE: Text = Text::new("there are: {names}", "可用的有：{names}");

pub(crate) const OTHER_MEANING: Text = Text::new("here", "在此处");
pub(crate) const RENAME_IT: Text =
    Text::new("give one of the two another name", "请为其中之一改名");
