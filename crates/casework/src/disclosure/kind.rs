//! The kinds of identifiers, how each is described, and which element of the breach law each is.

use serde::{Deserialize, Serialize};

/// One kind of identifier that is described instead of shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    SocialSecurity,
    DriversLicense,
    Passport,
    TaxId,
    GovernmentId,
    PaymentCard,
    CardCode,
    Iban,
    BankAccount,
    Routing,
    HealthInsurance,
    MedicalRecord,
    Password,
    SecurityQuestion,
    Biometric,
}

impl Kind {
    pub const ALL: [Self; 15] = [
        Self::SocialSecurity,
        Self::DriversLicense,
        Self::Passport,
        Self::TaxId,
        Self::GovernmentId,
        Self::PaymentCard,
        Self::CardCode,
        Self::Iban,
        Self::BankAccount,
        Self::Routing,
        Self::HealthInsurance,
        Self::MedicalRecord,
        Self::Password,
        Self::SecurityQuestion,
        Self::Biometric,
    ];

    /// In words, for the person: "a Social Security number".
    pub fn words(self) -> &'static str {
        match self {
            Self::SocialSecurity => "a Social Security number",
            Self::DriversLicense => "a driver's license number",
            Self::Passport => "a passport number",
            Self::TaxId => "a tax identification number",
            Self::GovernmentId => "a government-issued identification number",
            Self::PaymentCard => "a payment card number",
            Self::CardCode => "a card security code or PIN",
            Self::Iban => "an international bank account number (IBAN)",
            Self::BankAccount => "a bank or other financial account number",
            Self::Routing => "a bank routing number",
            Self::HealthInsurance => "a health insurance number",
            Self::MedicalRecord => "a medical record number",
            Self::Password => "an account password",
            Self::SecurityQuestion => "a security question or its answer",
            Self::Biometric => "unique biometric data",
        }
    }

    /// The element of Cal. Civ. Code § 1798.82(h) that it is; a routing number alone opens no account and is none.
    pub fn element(self) -> Option<Element> {
        Some(match self {
            Self::SocialSecurity => Element::Ssn,
            Self::DriversLicense => Element::Dl,
            Self::Passport | Self::GovernmentId => Element::GovId,
            Self::TaxId => Element::Tin,
            Self::PaymentCard | Self::Iban | Self::BankAccount => Element::Account,
            Self::CardCode => Element::AccountCode,
            Self::HealthInsurance => Element::HealthIns,
            Self::MedicalRecord => Element::Medical,
            Self::Password => Element::Password,
            Self::SecurityQuestion => Element::SecurityQa,
            Self::Biometric => Element::Biometric,
            Self::Routing => return None,
        })
    }
}

/// An element of the breach laws (Cal. Civ. Code § 1798.82(h) and the other states' lists).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    Ssn,
    Dl,
    Tin,
    GovId,
    Account,
    AccountCode,
    Medical,
    HealthIns,
    Biometric,
    Genetic,
    Alpr,
    Username,
    Email,
    Password,
    SecurityQa,
    Dob,
    Mmn,
    Esig,
    EmployeeId,
    StudentId,
    Location,
    PrivateKey,
}

/// Why something was recognised, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The field's name or label says so.
    FieldName,
    /// The field's Salesforce type says so.
    FieldType,
    /// The value's own form and check digits.
    Value,
    /// The value's form together with the words that touch it.
    Context,
    /// The value's striking form together with words somewhere near.
    Nearby,
}
