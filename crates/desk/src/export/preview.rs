//! The package before it is written, as the person will read it.

use casework::case::RequestDeed;
use papers::letter::Language;
use papers::package::{self, Section};

use super::{Marks, Prepared};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::troubles;
use crate::views::Calls;
use crate::views::export::{PreviewField, PreviewRecord, PreviewSection, PreviewView};

impl Desk {
    /// Builds the package as an export now would and shows it. Nothing is written, and the bodies of files are not read.
    ///
    /// # Errors
    /// A [`Problem`], as an export would have it.
    pub async fn preview(&self, request: &str, progress: &Progress) -> Result<PreviewView, Problem> {
        let case = self.case(request)?;
        self.may(&case, RequestDeed::Export)?;
        let Prepared { package, masking, left_out, withheld, note, attached, marks, spent, .. } =
            self.prepare(&case, Language::English, false, progress).await?;
        let sections = package::shown(&package).map_err(|error| troubles::paper(&error))?;
        Ok(PreviewView {
            request: request.to_owned(),
            records: sections.iter().map(|it| it.records.len()).sum(),
            sections: sections.into_iter().map(|it| section(it, &marks)).collect(),
            files: attached,
            withheld,
            not_exported: left_out,
            note,
            masked: masking.applied,
            let_stand: masking.let_stand,
            api_calls: Calls { forecast: None, spent },
        })
    }
}

fn section(it: Section, marks: &Marks) -> PreviewSection {
    let records = it.records.into_iter().map(|record| PreviewRecord {
        fields: record
            .fields
            .into_iter()
            .map(|(field, value)| {
                let mark = marks.get(&(record.id.clone(), field.name.clone()));
                PreviewField {
                    withheld: mark.is_some_and(|it| it.withheld),
                    masked: mark.is_some_and(|it| it.masked),
                    name: field.name,
                    label: field.label,
                    inference: field.inference,
                    value,
                }
            })
            .collect(),
        id: record.id,
        origin: record.origin,
    });
    PreviewSection {
        records: records.collect(),
        object: it.object,
        label: it.label,
        label_plural: it.label_plural,
    }
}
