//! The officer's deeds: one API for every shell.
