//! Personal data (個人情報) that cannot slip into a log.

pub use domain::personal::Personal;
