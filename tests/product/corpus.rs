//! Everything that fuzzing has kept, once more. `fuzz/` looks for more of it.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/src/lib.rs"]
mod fuzzed;

#[test]
fn pa6_pa10_sh3_the_words_of_strangers_are_read_without_a_panic() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (name, read) in fuzzed::TARGETS {
        let entries = fs::read_dir(corpus.join(name)).unwrap().map(|entry| entry.unwrap().path());
        let files: Vec<_> = entries.collect();
        assert!(files.len() >= 10, "{name} has a corpus of {}", files.len());
        for file in files {
            let bytes = fs::read(&file).unwrap();
            read(&bytes);
            // Cut anywhere, as a broken line is.
            (0..bytes.len().min(512)).for_each(|length| read(&bytes[..length]));
        }
    }
}
