//! Permits and receipts as PDF.
