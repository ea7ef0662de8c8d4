/**
 * The audit log on the disk: a file for each start, because each start begins a chain of its own. A
 * line is on the disk when the call that it tells of is answered.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface AuditFile {
  /** Throws if the line cannot be kept. */
  writeLine(line: string): void;
  close(): void;
}

export function openAuditFile(folder: string, startedAt = new Date()): AuditFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `audit-${startedAt.toISOString().replaceAll(':', '-')}-${process.pid}.log`;
  const descriptor = openSync(path.join(folder, name), 'ax', 0o600);
  return {
    writeLine(line) {
      const bytes = Buffer.from(`${line}\n`);
      for (let from = 0; from < bytes.length;) from += writeSync(descriptor, bytes, from);
      fsyncSync(descriptor);
    },
    close: () => closeSync(descriptor),
  };
}
