/** The language of messages. */
export type Lang = "zh" | "en";

/** A text in both languages. */
export interface Text { zh: string; en: string }

export type Severity = "error" | "warning" | "info";

/** What a linter is made of. Everything may be left out. */
export interface Options {
  /** The language of errors, comments and reports; default: zh. Findings carry both languages. */
  lang?: Lang;
  /** Whether to load the built-in dictionaries; default: yes. */
  builtin?: boolean;
  /** Dictionaries of your own, the later over the earlier: a table of variants (TSV, CSV), TOML; in the whole build
   *  also XLSX, TBX and JSON. */
  dictionaries?: { name: string; data: Uint8Array | string }[];
  /** The only rules or families to run. */
  select?: string[];
  /** Rules or families to leave out. */
  ignore?: string[];
  /** Severity by rule. */
  severities?: Record<string, Severity | "off">;
  /** Findings below it are dropped. */
  minSeverity?: Severity;
  /** The day the dictionaries are read for, as 2026-01-31, whatever the documents say. */
  asOf?: string;
  /** Today, for documents without a date: the module has no clock. */
  today?: string;
  /** Words that are never reported. */
  allow?: string[];
  /** Every place a finding of its own. */
  all?: boolean;
}

/** A place. Lines, columns, characters and bytes count from where each is usually counted: line and column from 1. */
export interface Point {
  /** Bytes from the beginning of the file as it is stored; of a text, of its UTF-8. */
  byte: number;
  /** Characters from the beginning. */
  char: number;
  line: number;
  column: number;
  /** The column in UTF-16 units, from 1. */
  utf16: number;
}

export interface Edit { start: Point; end: Point; text: string }

export interface Fix { title: Text; applicability: "safe" | "suggestion"; edits: Edit[] }

export interface Finding {
  path: string;
  rule: string;
  family: string;
  severity: Severity;
  message: Text;
  /** What is expected, in a few words. */
  label: Text;
  help: { basis: Text | null; author: Text | null; operator: Text | null };
  text: string;
  start: Point;
  end: Point;
  concept: { id: string; preferred: string; dictionary: string | null; clause: string | null } | null;
  fixes: Fix[];
  related: { path: string; start: Point; end: Point; message: Text }[];
  sureness: number | null;
  /** Where a person finds it in a document that is no text file. */
  location: { part: string | null; paragraph: number | null; table: { table: number; row: number; column: number } | null; page: number | null; words: Text } | null;
  fingerprint: string;
}

export interface CheckedFinding extends Finding {
  /** Its name within the document, for `Decisions`. */
  key: string;
  /** Whether people are shown it unless they ask for all. */
  shown: boolean;
  /** The words around it; null in the small build. */
  sentence: { before: string; text: string; after: string } | null;
}

/** What the dictionaries say of a concept. */
export interface Concept {
  preferred: string;
  dictionary: string | null;
  edition: string | null;
  clause: string | null;
  citation: string | null;
  definition: string | null;
  notes: string[];
  source: string | null;
}

export interface Checked {
  path: string;
  format: string;
  encoding: string;
  title: string | null;
  date: string | null;
  characters: number;
  /** What the reader left out or repaired. */
  notes: { message: Text; missed: boolean }[];
  findings: CheckedFinding[];
  /** The concepts that findings are about, by id. */
  concepts: Record<string, Concept>;
  suppressed: number;
  unregistered: string[];
  summary?: string;
}

/** By the key of a finding: the number of the fix to apply, "comment" or "leave". */
export type Decisions = Record<string, number | "comment" | "leave">;

export interface Fixed { bytes: Uint8Array; applied: number }

export interface KnownTerm {
  text: string;
  is_allowed: boolean;
  concept: { id: string; preferred: string; dictionary: string | null; clause: string | null };
  definition: string | null;
  citation: string | null;
}

export interface DictionaryInfo { id: string; title: string; edition: string | null; concepts: number }

export interface Rule {
  id: string;
  /** What people call it: Chinese, English. */
  name: [string, string];
  family: string;
  familyName: [string, string];
  severity: Severity;
  /** Chinese, English. */
  summary: [string, string];
  /** Chinese, English; Markdown. */
  page: [string, string];
}

export type ReportInput = { name: string; data: Uint8Array } | { name: string; error: string };

/** What is thrown: `name` is DocumentError, DictionaryError or OptionsError. */
export interface ZhengmingError extends Error {
  zh: string;
  en: string;
  /** Of a document: why it cannot be read. */
  kind?: "binary" | "undecodable" | "unreadable" | "legacy" | "too-large";
  /** Of a dictionary. */
  file?: string;
  line?: number;
}
