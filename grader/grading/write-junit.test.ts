import { expect, test } from 'vitest';
import { hostileResult } from './hostile-result.ts';
import { writeJunit } from './write-junit.ts';

test('what an attacker sent does not get out of its element', () => {
  expect(writeJunit(hostileResult())).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="secure-mcp-workbook" tests="4" failures="2" errors="1" time="1.5">
      <testsuite name="05 Access tokens" timestamp="2026-01-01T00:00:00.000Z" tests="3" failures="2" errors="0">
        <testcase classname="05-access-tokens" name="good"/>
        <testcase classname="05-access-tokens" name="bad"><failure message="&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\\u0000\\u202e\\ud800\\uffff]]&gt;&lt;img src=x onerror=y&gt;">It ran.
    Sent           POST /mcp
                   &lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\\u0000\\u202e\\ud800\\uffff]]&gt;&lt;img src=x onerror=y&gt;
    Got            &lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\\u0000\\u202e\\ud800\\uffff]]&gt;&lt;img src=x onerror=y&gt;
    Why            RFC 9110
    Same symptom as: Any audience is accepted.</failure></testcase>
        <testcase classname="05-access-tokens" name="lost"><failure message="Lost">It never ran.</failure></testcase>
      </testsuite>
      <testsuite name="the run itself" tests="1" failures="0" errors="1">
        <testcase classname="run" name="problem 1"><error>&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\\u0000\\u202e\\ud800\\uffff]]&gt;&lt;img src=x onerror=y&gt;</error></testcase>
      </testsuite>
    </testsuites>
    "
  `);
});
