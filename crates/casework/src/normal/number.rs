//! Account numbers, customer numbers and values of named fields: whole, but for case and blanks around them.

/// The form in which two numbers are compared.
pub fn key(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether two values of a field agree; `7` and `7.0` are one number.
pub fn same_value(sought: &str, value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => key(text) == key(sought),
        serde_json::Value::Number(number) => {
            sought.trim().parse::<f64>().is_ok_and(|wanted| number.as_f64() == Some(wanted))
        }
        serde_json::Value::Bool(flag) => key(sought) == if *flag { "true" } else { "false" },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_number_agrees() {
        assert!(same_value("L-1", &serde_json::json!(" l-1 ")));
        assert!(!same_value("L-1", &serde_json::json!("L-12")));
        assert!(same_value("7", &serde_json::json!(7.0)));
        assert!(!same_value("7", &serde_json::json!(null)));
    }
}
