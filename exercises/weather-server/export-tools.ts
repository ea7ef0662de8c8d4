/** A job that takes longer than a call: it is started, asked about by its handle, and may be ended. */
import { z } from 'zod';
import type { SecurityControls } from './controls.ts';
import { defineTool, ownerOf, structured, type Tool } from './define-tool.ts';
import type { World } from './world/world.ts';

/** How long an export takes, on the server's clock. */
const TAKES_MS = 20_000;
const MOST_ALERTS = 200;
const LONGEST_TEXT = 500;

const input = z.object({ handle: z.string().max(2000) });

export function exportTools(controls: SecurityControls, world: World): Tool[] {
  const handles = controls.createExportHandles();
  return [
    defineTool({
      name: 'start_export',
      title: 'Start an export',
      description: 'Begins to export your alerts. Gives a handle for get_export.',
      scope: 'weather:read',
      input: z.object({}),
      async run(_input, actor) {
        const rows = await world.database.query(
          'SELECT id, city, text FROM alerts WHERE owner = $1 ORDER BY id LIMIT $2',
          [ownerOf(actor), MOST_ALERTS],
        );
        const alerts = rows.map(({ id, city, text }) => ({
          id: Number(id),
          city: String(city),
          text: String(text),
        }));
        const handle = handles.issue(actor, { doneAt: Date.now() + TAKES_MS, alerts });
        return structured({ handle });
      },
    }),
    defineTool({
      name: 'get_export',
      title: 'Get an export',
      description: 'How an export stands, and your alerts once it is done.',
      scope: 'weather:read',
      input,
      async run({ handle }, actor) {
        const { doneAt, alerts } = handles.find(actor, handle);
        if (Date.now() < doneAt) return structured({ status: 'running' });
        return structured({
          status: 'done',
          alerts: alerts.map(({ id, city, text }) => ({
            id,
            city: controls.presentUpstreamText(city, LONGEST_TEXT),
            text: controls.presentUpstreamText(text, LONGEST_TEXT),
          })),
        });
      },
    }),
    defineTool({
      name: 'cancel_export',
      title: 'Cancel an export',
      description: 'Ends an export, and forgets what it holds.',
      scope: 'weather:read',
      input,
      async run({ handle }, actor) {
        handles.end(actor, handle);
        return structured({ cancelled: true });
      },
    }),
  ];
}
