import { expect, test } from 'vitest';
import { judge } from '../audit-server.ts';
import { reply, seenWith } from '../seen-for-tests.ts';
import { writeSarif } from './write-sarif.ts';

interface Log {
  runs: [
    {
      tool: { driver: { rules: { id: string; properties: { tags: string[] } }[] } };
      results: { ruleId: string; ruleIndex: number; kind: string; level: string }[];
    },
  ];
}

test('each item is a rule with a result; only a failure has a level', () => {
  const seen = seenWith({
    'anonymous initialize': reply(401, '', { 'www-authenticate': 'Bearer error="x"' }),
  });
  const items = judge(seen);
  const log = JSON.parse(
    writeSarif({
      schema: 2,
      url: 'https://weather.example/mcp',
      startedAt: '2026-11-23T12:00:00.000Z',
      seconds: 2,
      requests: 20,
      token: 'none',
      revisions: [],
      items,
    }),
  ) as Log;
  const [{ tool, results }] = log.runs;
  expect(results).toHaveLength(items.length);
  for (const { ruleId, ruleIndex, kind, level } of results) {
    expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(['pass', 'fail', 'open', 'notApplicable']).toContain(kind);
    expect(level === 'none').toBe(kind !== 'fail');
  }
  const find = (id: string) => results.find(({ ruleId }) => ruleId === id);
  expect(find('challenge-scope')).toMatchObject({ kind: 'fail', level: 'note' });
  expect(find('no-sniffing')).toMatchObject({ kind: 'fail', level: 'note' });
  const [tags] = tool.driver.rules.flatMap((rule) =>
    rule.id === 'token-asked-for' ? [rule.properties.tags] : [],
  );
  expect(tags).toEqual(
    expect.arrayContaining(['external/cwe/cwe-306', 'OWASP MCP07:2025', 'AISVS 10.2.1']),
  );
  expect(find('token-asked-for')).toMatchObject({ kind: 'pass' });
  expect(find('limit-named')).toMatchObject({ kind: 'open' });
});
