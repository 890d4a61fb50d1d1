//! From one path to another.

use super::{clean::clean, system::System};

/// How the target is called at the base, if that can be told by the texts alone.
pub(super) fn relative(base: &str, target: &str, system: System) -> Option<String> {
    let volumes = (system.volume(base).len(), system.volume(target).len());
    let same_volume = system.same(&base[..volumes.0], &target[..volumes.1]);
    let (base, target) = (clean(base, system), clean(target, system));
    if system.same(&target, &base) {
        return Some(".".to_owned());
    }
    let base = match base.get(volumes.0..)? {
        "." => "",
        base => base,
    };
    let target = target.get(volumes.1..)?;
    let separator = char::from(system.separator());
    if !same_volume || base.starts_with(separator) != target.starts_with(separator) {
        return None;
    }
    let elements = |path: &str| -> Vec<String> {
        let path = path.strip_prefix(separator).unwrap_or(path);
        let elements = path.split(separator).map(str::to_owned);
        elements.filter(|element| !element.is_empty()).collect()
    };
    let (base, target) = (elements(base), elements(target));
    let both = base.iter().zip(&target);
    let common = both.take_while(|(a, b)| system.same(a, b)).count();
    if base.get(common).is_some_and(|element| element == "..") {
        return None;
    }
    let ups = base[common..].iter().map(|_| "..");
    let downs = target[common..].iter().map(String::as_str);
    let way: Vec<_> = ups.chain(downs).collect();
    Some(way.join(&separator.to_string()))
}
