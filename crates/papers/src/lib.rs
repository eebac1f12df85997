//! The only maker of PDF, HTML, CSV and sealed bundles.
