/** The audit as SARIF 2.1.0, for code scanning and other programs that collect findings. */
import { visibleLine } from '../../shared/visible-text.ts';
import type { AuditResult, JudgedItem } from '../audit-server.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const COURSE = 'secure-mcp-workbook audit';

export function writeSarif({ url, items, startedAt, seconds, unreachable }: AuditResult): string {
  const endedAt = new Date(Date.parse(startedAt) + seconds * 1000).toISOString();
  const notification = unreachable && {
    level: 'error',
    message: { text: visibleLine(unreachable) },
  };
  const run = {
    tool: { driver: { name: COURSE, version: '0.1.0', rules: items.map(ruleOf) } },
    invocations: [
      {
        executionSuccessful: unreachable === undefined,
        startTimeUtc: startedAt,
        endTimeUtc: endedAt,
        ...(notification ? { toolExecutionNotifications: [notification] } : {}),
      },
    ],
    results: items.map((item, index) => resultOf(item, index, url)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

/** Only a failure has a level other than `none` (§3.27.10). */
const levelOf = ({ gravity }: JudgedItem): string =>
  ({ high: 'error', medium: 'warning', low: 'note' })[gravity];

const ruleOf = (item: JudgedItem) => ({
  id: item.id,
  shortDescription: { text: item.title },
  help: { text: `${item.fix} Lesson: ${item.lesson}` },
  helpUri: item.reference.url,
  defaultConfiguration: { level: levelOf(item) },
  properties: {
    tags: [
      'security',
      item.level,
      item.group,
      ...(item.cwe === undefined ? [] : [`external/cwe/cwe-${item.cwe}`]),
      ...(item.mcpTop10 === undefined ? [] : [`OWASP ${item.mcpTop10}:2025`]),
      ...(item.aisvs === undefined ? [] : [`AISVS ${item.aisvs}`]),
    ],
  },
});

const KINDS = {
  pass: 'pass',
  fail: 'fail',
  'cannot-tell': 'open',
  'not-applicable': 'notApplicable',
} as const;

const resultOf = (item: JudgedItem, ruleIndex: number, url: string) => ({
  ruleId: item.id,
  ruleIndex,
  kind: KINDS[item.state],
  level: item.state === 'fail' ? levelOf(item) : 'none',
  message: { text: visibleLine(item.evidence) },
  ...(item.isKnown ? { suppressions: [{ kind: 'external' }] } : {}),
  locations: [{ physicalLocation: { artifactLocation: { uri: url } } }],
});
