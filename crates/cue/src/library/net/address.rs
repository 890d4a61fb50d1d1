//! IP addresses.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::{Value, library::lossy};

/// An address, of version 6 perhaps with a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    ip: IpAddr,
    zone: Option<String>,
}

// === impl Address ===

impl Address {
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let Some((address, zone)) = text.split_once('%') else {
            let ip = text.parse().ok()?;
            return Some(Self { ip, zone: None });
        };
        let ip: Ipv6Addr = address.parse().ok()?;
        let zone = Some(zone.to_owned()).filter(|zone| !zone.is_empty())?;
        Some(Self {
            ip: ip.into(),
            // What is an address of version 4 in truth has none.
            zone: Some(zone).filter(|_| ip.to_ipv4_mapped().is_none()),
        })
    }

    pub(super) fn of_value(value: Option<&Value>) -> Option<Self> {
        match value? {
            Value::String(text) => Self::of_text(text),
            Value::Bytes(bytes) => Self::of_text(&lossy(bytes)),
            Value::List(items) => {
                let byte = |item: &Value| match item {
                    Value::Number(number) => u8::try_from(number.as_i64()?).ok(),
                    _ => None,
                };
                let bytes: Option<Vec<u8>> = items.iter().map(byte).collect();
                let bytes = bytes?;
                let ip = match (<[u8; 4]>::try_from(&*bytes), <[u8; 16]>::try_from(&*bytes)) {
                    (Ok(bytes), _) => IpAddr::from(bytes),
                    (Err(_), Ok(bytes)) => IpAddr::from(bytes),
                    (Err(_), Err(_)) => return None,
                };
                Some(Self { ip, zone: None })
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Struct(_) => None,
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        match self.ip {
            IpAddr::V4(ip) => ip.octets().to_vec(),
            IpAddr::V6(ip) => ip.octets().to_vec(),
        }
    }

    pub(super) fn sixteen_bytes(&self) -> [u8; 16] {
        match self.ip {
            IpAddr::V4(ip) => ip.to_ipv6_mapped().octets(),
            IpAddr::V6(ip) => ip.octets(),
        }
    }

    pub(super) fn is_v4(&self) -> bool {
        self.ip.is_ipv4()
    }

    pub(super) fn is_loopback(&self) -> bool {
        self.ip.to_canonical().is_loopback()
    }

    pub(super) fn is_multicast(&self) -> bool {
        self.ip.to_canonical().is_multicast()
    }

    pub(super) fn is_interface_local_multicast(&self) -> bool {
        self.multicast_scope() == Some(1)
    }

    pub(super) fn is_link_local_multicast(&self) -> bool {
        match self.ip.to_canonical() {
            IpAddr::V4(ip) => ip.octets().starts_with(&[224, 0, 0]),
            IpAddr::V6(_) => self.multicast_scope() == Some(2),
        }
    }

    pub(super) fn is_link_local_unicast(&self) -> bool {
        match self.ip.to_canonical() {
            IpAddr::V4(ip) => ip.is_link_local(),
            IpAddr::V6(ip) => ip.segments()[0] & 0xffc0 == 0xfe80,
        }
    }

    pub(super) fn is_global_unicast(&self) -> bool {
        let ip = self.ip.to_canonical();
        let is_other = (ip.is_unspecified() && self.zone.is_none())
            || ip == IpAddr::V4(Ipv4Addr::BROADCAST)
            || ip.is_loopback()
            || ip.is_multicast();
        !is_other && !self.is_link_local_unicast()
    }

    pub(super) fn is_unspecified(&self) -> bool {
        self.zone.is_none() && self.ip.is_unspecified()
    }

    /// Of an address of version 6.
    fn multicast_scope(&self) -> Option<u8> {
        match self.ip.to_canonical() {
            IpAddr::V6(ip) if ip.is_multicast() => Some(ip.octets()[1] & 15),
            IpAddr::V4(_) | IpAddr::V6(_) => None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.ip)?;
        match &self.zone {
            Some(zone) => write!(f, "%{zone}"),
            None => Ok(()),
        }
    }
}

/// True for `1.2.3.0/24`: an address without a zone, and a number of bits without a zero in front.
pub(super) fn is_prefix(text: &str) -> bool {
    let Some((address, bits)) = text.rsplit_once('/') else {
        return false;
    };
    let Ok(ip) = address.parse::<IpAddr>() else {
        return false;
    };
    let most = if ip.is_ipv4() { 32 } else { 128 };
    let is_number = bits.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = bits == "0" || !bits.starts_with('0');
    is_number && is_plain && bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}
