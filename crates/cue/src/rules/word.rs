//! Words of our own that stand in the place of arguments.

use burgee_source::{Text, Words};

pub(crate) const END_OF_TEXT: Text = Text::new("the end of the text", "文本结尾");
pub(crate) const LINE_BREAK: Text = Text::new("a line break", "换行");
pub(crate) const A_STRUCT: Text = Text::new("a struct", "一个结构体");
pub(crate) const A_LIST: Text = Text::new("a list", "一个列表");
pub(crate) const ONE_ITEM: Text = Text::new("a list of 1 item", "含 1 项的列表");
pub(crate) const ITEMS: Text = Text::new("a list of {count} items", "含 {count} 项的列表");
pub(crate) const BYTES: Text = Text::new("{count} bytes", "{count} 个字节");
pub(crate) const A_FUNCTION: Text = Text::new("a function", "一个函数");
pub(crate) const A_PACKAGE: Text = Text::new("the package `{path}`", "包 `{path}`");
pub(crate) const A_COMPARATOR: Text = Text::new("a comparator", "一个比较器");
pub(crate) const NEGATIVE_COUNT: Text = Text::new("a negative count", "次数为负");
pub(crate) const EMPTY_LIST: Text = Text::new("the list is empty", "列表为空");

/// A text without arguments as an argument of another one.
pub(crate) fn words(text: Text) -> Words {
    Words::each(|lang| text.template(lang).to_owned())
}
