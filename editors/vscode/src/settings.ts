// The settings of the editor as the server takes them.

/** What is under `zhengming` in the settings. */
export interface Settings {
  /** Empty for the program in the extension. */
  path: string;
  language: "zh" | "en" | null;
  configuration: string | null;
  inlayHints: boolean;
  codeLens: boolean;
  semanticTokens: boolean;
}

/** Something that gives settings by name, such as VS Code. */
export interface Source {
  get<T>(name: string, fallback: T): T;
}

export function readSettings(source: Source, displayLanguage: string): Settings {
  return {
    path: source.get("path", ""),
    language: source.get<Settings["language"]>("language", null) ?? (displayLanguage.startsWith("zh") ? "zh" : "en"),
    configuration: source.get<string | null>("configuration", null),
    inlayHints: source.get("inlayHints", false),
    codeLens: source.get("codeLens", false),
    semanticTokens: source.get("semanticTokens", false),
  };
}

/** What the server is told; where the program is, it knows. */
export function serverSettings(settings: Settings): Omit<Settings, "path"> {
  const { path: _, ...rest } = settings;
  return rest;
}
