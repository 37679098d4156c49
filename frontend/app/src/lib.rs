//! The screens: shell, pages, forms, parts, islands, text.
