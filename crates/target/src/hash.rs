//! Stable hashes in place of randomness: the same object gets the same uid, address and names in every run.

use burgee_model::ObjectId;
use serde_json::Value;

/// FNV-1a over some bytes.
pub(crate) fn fnv64(bytes: impl IntoIterator<Item = u8>) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    bytes.into_iter().fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    })
}

/// A hash of an object's identity; `salt` gives independent ones.
pub(crate) fn of_id(id: &ObjectId, salt: u8) -> u64 {
    let parts = [&id.api_version, &id.kind, &id.namespace, &id.name];
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0]));
    fnv64([salt].into_iter().chain(bytes))
}

/// A uid in the shape of a version 4 UUID.
pub(crate) fn uid(id: &ObjectId) -> String {
    let high = of_id(id, 1);
    let low = of_id(id, 2);
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff,
    )
}

/// The suffix that a ReplicaSet gets from its template: written with letters that make no words.
pub(crate) fn of_template(template: &Value) -> String {
    const LETTERS: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";
    let hash = fnv64(template.to_string().bytes()) & 0xffff_ffff;
    let digits = hash.to_string();
    let letter = |digit: u8| char::from(LETTERS[usize::from(digit) % LETTERS.len()]);
    digits.bytes().map(letter).collect()
}
