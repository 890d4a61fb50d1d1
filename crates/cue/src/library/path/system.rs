//! What differs between the systems.

/// Whose paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    Unix,
    Windows,
    Plan9,
}

/// The systems that write paths as Unix does.
const UNIX: [&str; 16] = [
    "unix",
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "solaris",
    "zos",
];

/// Names of devices, which are no files in a directory.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

// === impl System ===

impl System {
    pub(super) fn of_name(name: &str) -> Option<Self> {
        match name {
            "windows" => Some(Self::Windows),
            "plan9" => Some(Self::Plan9),
            name if UNIX.contains(&name) => Some(Self::Unix),
            _ => None,
        }
    }

    pub(super) const fn separator(self) -> u8 {
        match self {
            Self::Unix | Self::Plan9 => b'/',
            Self::Windows => b'\\',
        }
    }

    pub(super) const fn is_separator(self, byte: u8) -> bool {
        byte == b'/' || byte == self.separator()
    }

    pub(super) fn with_separators(self, path: String) -> String {
        match self {
            Self::Unix | Self::Plan9 => path,
            Self::Windows => path.replace('/', "\\"),
        }
    }

    /// True when two names are of one thing.
    pub(super) fn same(self, a: &str, b: &str) -> bool {
        match self {
            Self::Unix | Self::Plan9 => a == b,
            Self::Windows => folded(a) == folded(b),
        }
    }

    pub(super) fn is_absolute(self, path: &str) -> bool {
        match self {
            Self::Unix => path.starts_with('/'),
            Self::Plan9 => path.starts_with(['/', '#']),
            Self::Windows => {
                let rest = &path[self.volume(path).len()..];
                let has_root = rest.starts_with(['\\', '/']) && rest.len() < path.len();
                has_root || is_device(path)
            }
        }
    }

    /// `C:` or `\\host\share` in front of a path.
    pub(super) fn volume(self, path: &str) -> &str {
        match self {
            Self::Unix | Self::Plan9 => "",
            Self::Windows => match path.as_bytes() {
                [letter, b':', ..] if letter.is_ascii_alphabetic() => &path[..2],
                _ => &path[..share(path.as_bytes()).unwrap_or(0)],
            },
        }
    }

    pub(super) fn split_list(self, paths: &str) -> Vec<String> {
        if paths.is_empty() {
            return Vec::new();
        }
        match self {
            Self::Unix => paths.split(':').map(str::to_owned).collect(),
            Self::Plan9 => paths.split('\0').map(str::to_owned).collect(),
            Self::Windows => {
                // Between quotes a semicolon is one.
                let mut quoted = false;
                let ends = paths.split(|c| {
                    quoted ^= c == '"';
                    c == ';' && !quoted
                });
                ends.map(|path| path.replace('"', "")).collect()
            }
        }
    }
}

fn is_device(path: &str) -> bool {
    let name = folded(path);
    let port = |prefix| name.strip_prefix(prefix).map(str::as_bytes);
    DEVICES.contains(&name.as_str())
        || matches!(port("com").or_else(|| port("lpt")), Some([b'1'..=b'9']))
}

/// How long `\\host\share` is: two separators, a name, a separator, a name that no dot begins.
fn share(path: &[u8]) -> Option<usize> {
    let slash = |at: usize| {
        path.get(at)
            .is_some_and(|byte| matches!(byte, b'\\' | b'/'))
    };
    let begins = slash(0) && slash(1) && !slash(2) && path.get(2) != Some(&b'.');
    if !begins || path.len() < 5 {
        return None;
    }
    let name = (3..path.len() - 1).find(|at| slash(*at))? + 1;
    if slash(name) || path[name] == b'.' {
        return None;
    }
    let end = (name..path.len()).find(|at| slash(*at));
    Some(end.unwrap_or(path.len()))
}

/// The same for names that differ in case alone, letter by letter.
fn folded(name: &str) -> String {
    let fold = |c: char| {
        let mut upper = c.to_uppercase();
        let upper = match (upper.next(), upper.next()) {
            (Some(upper), None) => upper,
            (Some(_) | None, _) => c,
        };
        upper.to_lowercase().next().unwrap_or(upper)
    };
    name.chars().map(fold).collect()
}
