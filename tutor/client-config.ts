/** How common clients are told to start the tutor. */
import path from 'node:path';
import { projectFolder } from '../shared/project-path.ts';

const NAME = 'secure-mcp-workbook';

/** The command is Node itself: `npm run` writes a greeting to standard output, which is the protocol's. */
export function clientConfig(node = process.execPath): string {
  const args = ['scripts/run.mjs', 'commands/tutor.ts'].map((file) =>
    path.join(projectFolder, file),
  );
  const entry = { command: node, args };
  const line = [node, ...args].map(quoted).join(' ');
  return `Claude Code, in a terminal:

  claude mcp add ${NAME} -- ${line}

Codex, in a terminal:

  codex mcp add ${NAME} -- ${line}

Claude Desktop, Cursor, Windsurf and others (“mcpServers” in their JSON):

${indented({ mcpServers: { [NAME]: entry } })}

VS Code (.vscode/mcp.json):

${indented({ servers: { [NAME]: { type: 'stdio', ...entry } } })}`;
}

/** For a shell; plain words stay as they are. */
const quoted = (word: string): string =>
  /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

const indented = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
