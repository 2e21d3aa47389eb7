//! Sealing and opening against bare AES-256-GCM on the same bytes, in the same
//! run: `cargo bench --bench vault`. The order of the two alternates, and the
//! least of many rounds counts, so that a busy machine disturbs both alike.

use std::hint::black_box;
use std::time::Instant;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use inboxctl::domain::vault::{Entropy, Key, Keyring, Place, open, seal};
use jiff::Timestamp;

const PLACE: Place<'_> = Place {
    table: "integrations",
    row_id: "0190a000-0000-7000-8000-000000000001",
    channel: "SMS",
    column: "credentials",
};

/// Nanoseconds for one call, the least of the rounds.
fn least(rounds: usize, calls: usize, works: &mut [&mut dyn FnMut()]) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; works.len()];
    for _ in 0..rounds {
        for (work, least) in works.iter_mut().zip(&mut least) {
            let start = Instant::now();
            for _ in 0..calls {
                work();
            }
            *least = least.min(start.elapsed().as_nanos() as f64 / calls as f64);
        }
    }
    least
}

fn main() {
    let bytes: [u8; 32] = std::array::from_fn(|index| index as u8);
    let keyring = Keyring::generate(Key::new(&bytes), Timestamp::UNIX_EPOCH);
    let entropy = Entropy { salt: [7; 16], nonce: [9; 12] };
    // What GCM authenticates of an envelope has about as many bytes.
    let associated = [0u8; 120];
    println!("{:>10}  {:>28}  {:>28}", "plain text", "seal / bare AES-GCM", "open / bare AES-GCM");
    for size in [64, 256, 512, 1024, 4096, 16_384] {
        let plain = vec![b'x'; size];
        let sealed = seal(&keyring, &PLACE, &plain, &entropy);
        let nonce = Nonce::from(entropy.nonce);
        let encrypt = || {
            let cipher = Aes256Gcm::new_from_slice(black_box(&bytes)).unwrap();
            let payload = Payload { msg: black_box(&plain), aad: &associated };
            cipher.encrypt(&nonce, payload).unwrap()
        };
        let bare = encrypt();
        let decrypt = || {
            let cipher = Aes256Gcm::new_from_slice(black_box(&bytes)).unwrap();
            cipher.decrypt(&nonce, Payload { msg: black_box(&bare), aad: &associated }).unwrap()
        };
        let times = least(
            60,
            2_000_000 / (size + 1000),
            &mut [
                &mut || drop(black_box(encrypt())),
                &mut || drop(black_box(seal(&keyring, &PLACE, black_box(&plain), &entropy))),
                &mut || drop(black_box(decrypt())),
                &mut || drop(black_box(open(&keyring, &PLACE, black_box(&sealed)).unwrap())),
            ],
        );
        let ratio = |ours: f64, bare: f64| {
            format!("{:>7.0} / {:>7.0} ns = {:>4.2}", ours, bare, ours / bare)
        };
        println!(
            "{size:>8} B  {:>28}  {:>28}",
            ratio(times[1], times[0]),
            ratio(times[3], times[2])
        );
    }
}
