/** As much of `node:sqlite` as is used; the workbook's own types are those of Node 20, which has none. */
declare module 'node:sqlite' {
  type Value = null | number | bigint | string | Uint8Array;

  interface StatementSync {
    readonly sourceSQL: string;
    all(named?: Record<string, Value>): Record<string, Value>[];
    all(...values: Value[]): Record<string, Value>[];
    setAllowUnknownNamedParameters(enabled: boolean): void;
  }

  export class DatabaseSync {
    constructor(file: string);
    exec(sql: string): void;
    prepare(sql: string): StatementSync;
    close(): void;
  }
}
