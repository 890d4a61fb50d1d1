#![no_main]
#![doc = "See the module `formatter` of the library."]

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    burgee_fuzz::mutate(data, size, max_size, seed)
});

libfuzzer_sys::fuzz_target!(|text: &str| burgee_fuzz::formatter::holds(text));
