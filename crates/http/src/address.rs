//! Which addresses may be connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{Outbound, Refusal};

/// True for `localhost` and names below it, which never leave the machine (RFC 6761).
pub(crate) fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// True for loopback, also as IPv4 inside IPv6.
pub(crate) fn is_loopback(ip: IpAddr) -> bool {
    match embedded(ip) {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_loopback(),
    }
}

/// Checks an address against the policy.
pub(crate) fn permit(ip: IpAddr, outbound: Outbound) -> Result<(), Refusal> {
    if is_never_right(embedded(ip)) {
        return Err(Refusal::Address);
    }
    match outbound {
        Outbound::Any => Ok(()),
        Outbound::LoopbackOnly if is_loopback(ip) => Ok(()),
        Outbound::LoopbackOnly => Err(Refusal::NotLoopback),
    }
}

/// Link-local (cloud metadata lives there), unspecified, multicast, broadcast: no service is reached that way.
fn is_never_right(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [first, ..] = ip.octets();
            first == 0 || ip.is_link_local() || ip.is_multicast() || ip.is_broadcast()
        }
        IpAddr::V6(ip) => {
            ip.is_unspecified()
                || ip.is_multicast()
                || ip.is_unicast_link_local()
                || is_metadata(ip)
        }
    }
}

/// The metadata address of a large cloud, inside the unique-local range.
fn is_metadata(ip: Ipv6Addr) -> bool {
    ip == Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)
}

/// The IPv4 address that an IPv6 form leads to: mapped, compatible, NAT64 and 6to4.
fn embedded(ip: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = ip else { return ip };
    let [a, b, c, d, e, f, high, low] = six.segments();
    let four = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        IpAddr::V4(Ipv4Addr::new(a, b, c, d))
    };
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] => four(high, low),
        // `::` and `::1` are addresses of their own.
        [0, 0, 0, 0, 0, 0] if high != 0 || low > 1 => four(high, low),
        [0x2002, high, low, ..] => four(high, low),
        _ => ip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn link_local_unspecified_and_multicast_are_refused_in_every_form() {
        for text in [
            "169.254.169.254",
            "0.0.0.0",
            "0.1.2.3",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "ff02::1",
            "::ffff:169.254.169.254",
            "::169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "2002:a9fe:a9fe::1",
            "fd00:ec2::254",
        ] {
            for outbound in [Outbound::Any, Outbound::LoopbackOnly] {
                assert_eq!(permit(ip(text), outbound), Err(Refusal::Address), "{text}");
            }
        }
    }

    #[test]
    fn loopback_only_takes_loopback_and_nothing_else() {
        for text in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(permit(ip(text), Outbound::LoopbackOnly), Ok(()), "{text}");
        }
        for text in ["10.0.0.1", "93.184.216.34", "2606:4700::1", "fd00::1"] {
            let refused = Err(Refusal::NotLoopback);
            assert_eq!(permit(ip(text), Outbound::LoopbackOnly), refused, "{text}");
            assert_eq!(permit(ip(text), Outbound::Any), Ok(()), "{text}");
        }
    }
}
