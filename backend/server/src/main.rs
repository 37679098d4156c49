//! The binary `yoriai`. Everything it does is in the library, where tests reach it.

fn main() -> std::process::ExitCode {
    server::cli::main()
}
