// Where the program is: the one that the settings name, the one inside the extension, or one on the path.

import { accessSync, chmodSync, constants } from "node:fs";
import { join } from "node:path";

/** The program to run. `folder` is that of the extension. */
export function program(named: string, folder: string, platform: NodeJS.Platform = process.platform): string {
  if (named) {
    return named;
  }
  const carried = join(folder, "server", platform === "win32" ? "zhengming.exe" : "zhengming");
  try {
    accessSync(carried, constants.F_OK);
  } catch {
    // An extension for all platforms carries none.
    return "zhengming";
  }
  try {
    accessSync(carried, constants.X_OK);
  } catch {
    // Some ways of installing forget that it is a program.
    chmodSync(carried, 0o755);
  }
  return carried;
}
