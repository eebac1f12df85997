//! The only door to the encrypted file.
