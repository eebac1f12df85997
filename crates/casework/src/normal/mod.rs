//! How values are brought to one form before they are compared. Nothing here fails: what cannot be read agrees with nothing.

pub mod address;
pub mod date;
pub mod email;
pub mod name;
pub mod nicknames;
pub mod number;
pub mod phone;
pub mod text;
