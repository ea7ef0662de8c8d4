/** What is typed in a terminal; the README says more of each. */
export interface TerminalCommand {
  command: string;
  does: string;
}

export const terminalCommands: readonly TerminalCommand[] = [
  { command: 'npm run grade', does: 'Grades every topic' },
  { command: 'npm run grade -- 05', does: 'Grades one topic' },
  { command: 'npm run grade -- --fast-track', does: 'Grades what the fast track covers' },
  { command: 'npm run grade -- --solutions', does: 'Grades the reference instead of your files' },
  { command: 'npm run grade -- --watch', does: 'Stays, and grades a topic whenever you save' },
  { command: 'npm run grade -- --stretch', does: 'Fires the stretch attacks as well' },
  { command: 'npm run grade:ui', does: 'Shows the checks in Vitest’s page' },
  { command: 'npm run hint -- 05', does: 'Shows one hint more' },
  { command: 'npm run quiz -- 05', does: 'Asks the quiz of a lesson' },
  { command: 'npm run diff -- 05', does: 'Shows your files beside the reference' },
  { command: 'npm run reset -- 05', does: 'Brings the stubs back as they were shipped' },
  { command: 'npm run report', does: 'Writes your result as one page' },
  { command: 'npm run serve -- exercises', does: 'Serves your weather server to real MCP clients' },
  { command: 'npm run serve -- solutions', does: 'Serves the reference to real MCP clients' },
  { command: 'npm run audit -- URL', does: 'Checks any MCP server from outside' },
  { command: 'npm run doctor', does: 'Looks for what is wrong with this machine' },
];
