//! The part of the SARIF 2.1.0 schema that we write. The names in JSON are those of the standard.

use std::borrow::Cow;

use serde::Serialize;
use zhengming_text::diagnostic::{Applicability, ConceptRef};

use crate::input::DictionaryInfo;

#[derive(Serialize)]
pub(super) struct Tool<'a> {
    pub(super) driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver<'a> {
    pub(super) name: &'static str,
    pub(super) version: &'a str,
    pub(super) information_uri: &'static str,
    pub(super) language: &'static str,
    pub(super) rules: Vec<ReportingDescriptor>,
}

#[derive(Serialize)]
pub(super) struct ReportingDescriptor {
    pub(super) id: &'static str,
    #[serde(rename = "shortDescription")]
    pub(super) short: MultiformatMessage,
    #[serde(rename = "fullDescription")]
    pub(super) full: MultiformatMessage,
    pub(super) help: MultiformatMessage,
    #[serde(rename = "helpUri", skip_serializing_if = "Option::is_none")]
    pub(super) help_uri: Option<String>,
    #[serde(rename = "defaultConfiguration")]
    pub(super) configuration: ReportingConfiguration,
    pub(super) properties: RuleProperties,
}

#[derive(Serialize)]
pub(super) struct MultiformatMessage {
    pub(super) text: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) markdown: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct ReportingConfiguration {
    pub(super) level: Level,
    pub(super) enabled: bool,
}

/// `problem.severity` is what GitHub sorts by.
#[derive(Serialize)]
pub(super) struct RuleProperties {
    pub(super) tags: [&'static str; 1],
    #[serde(rename = "problem.severity")]
    pub(super) problem_severity: &'static str,
    pub(super) fix: Option<Applicability>,
}

#[derive(Serialize)]
pub(super) struct RunProperties<'a> {
    pub(super) dictionaries: &'a [DictionaryInfo],
}

#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Note,
    Warning,
    Error,
}

#[derive(Serialize)]
pub(super) struct Message<'a> {
    pub(super) text: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultObject<'a> {
    pub(super) rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule_index: Option<usize>,
    pub(super) level: Level,
    pub(super) message: Message<'a>,
    pub(super) locations: [Location<'a>; 1],
    #[serde(rename = "partialFingerprints")]
    pub(super) fingerprints: PartialFingerprints,
    #[serde(rename = "relatedLocations", skip_serializing_if = "Vec::is_empty")]
    pub(super) related: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fixes: Vec<FixObject<'a>>,
    pub(super) properties: ResultProperties<'a>,
}

#[derive(Serialize)]
pub(super) struct PartialFingerprints {
    #[serde(rename = "zhengming/v1")]
    pub(super) v1: String,
}

#[derive(Serialize)]
pub(super) struct ResultProperties<'a> {
    pub(super) family: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) concept: Option<&'a ConceptRef>,
}

#[derive(Serialize)]
pub(super) struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    pub(super) physical: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<Message<'a>>,
}

#[derive(Serialize)]
pub(super) struct PhysicalLocation<'a> {
    #[serde(rename = "artifactLocation")]
    pub(super) artifact: Cow<'a, ArtifactLocation>,
    pub(super) region: Region<'a>,
}

#[derive(Serialize, Clone)]
pub(super) struct ArtifactLocation {
    pub(super) uri: String,
    #[serde(rename = "uriBaseId", skip_serializing_if = "Option::is_none")]
    pub(super) base: Option<&'static str>,
}

/// The end column is that of the first character after the region.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region<'a> {
    pub(super) start_line: usize,
    pub(super) start_column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) snippet: Option<ArtifactContent<'a>>,
}

#[derive(Serialize)]
pub(super) struct ArtifactContent<'a> {
    pub(super) text: &'a str,
}

#[derive(Serialize)]
pub(super) struct FixObject<'a> {
    pub(super) description: Message<'a>,
    #[serde(rename = "artifactChanges")]
    pub(super) changes: [ArtifactChange<'a>; 1],
    pub(super) properties: FixProperties,
}

#[derive(Serialize)]
pub(super) struct FixProperties {
    pub(super) applicability: Applicability,
}

#[derive(Serialize)]
pub(super) struct ArtifactChange<'a> {
    #[serde(rename = "artifactLocation")]
    pub(super) artifact: &'a ArtifactLocation,
    pub(super) replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
pub(super) struct Replacement<'a> {
    #[serde(rename = "deletedRegion")]
    pub(super) deleted: Region<'a>,
    #[serde(rename = "insertedContent")]
    pub(super) inserted: ArtifactContent<'a>,
}

#[derive(Serialize)]
pub(super) struct Invocation<'a> {
    #[serde(rename = "executionSuccessful")]
    pub(super) successful: bool,
    #[serde(rename = "toolExecutionNotifications")]
    pub(super) notifications: &'a [Notification],
}

#[derive(Serialize)]
pub(super) struct Notification {
    pub(super) level: Level,
    pub(super) message: Message<'static>,
    pub(super) locations: [FileLocation; 1],
}

#[derive(Serialize)]
pub(super) struct FileLocation {
    #[serde(rename = "physicalLocation")]
    pub(super) physical: WholeFile,
}

#[derive(Serialize)]
pub(super) struct WholeFile {
    #[serde(rename = "artifactLocation")]
    pub(super) artifact: ArtifactLocation,
}

#[derive(Serialize)]
pub(super) struct Artifact {
    pub(super) location: ArtifactLocation,
    pub(super) encoding: &'static str,
}
