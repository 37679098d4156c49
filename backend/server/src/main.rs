//! The binary `yoriai`. Everything it does is in the library, where tests reach it.

/// A page is thousands of short-lived strings on many threads, which the C library's allocator
/// makes wait for each other and never quite gives back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::cli::main()
}
