/**
 * A small MCP server on a pipe, of which there is nothing to secure but the pipe itself: whoever
 * starts it is its user. Standard output is the wire, so it says everything else on standard error,
 * and it ends with its input.
 *
 * `--chatty` does what a server must not do: it greets on standard output.
 */
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import { cities } from '../../exercises/weather-server/world/cities.ts';
import { currentWeather } from '../../exercises/weather-server/world/climate.ts';

const WEATHER_DAY = new Date(Date.UTC(2026, 2, 1));

function createServer(): McpServer {
  const server = new McpServer({ name: 'weather-on-a-pipe', version: '1.0.0' });
  server.registerTool(
    'get_weather',
    {
      description: 'The weather in a city on the first of March.',
      inputSchema: z.object({ city: z.string().max(100) }),
    },
    ({ city: name }) => {
      const city = cities.find((one) => one.name === name);
      const said = city ? JSON.stringify(currentWeather(city, WEATHER_DAY)) : 'No such city.';
      return { content: [{ type: 'text', text: said }], ...(city ? {} : { isError: true }) };
    },
  );
  // For the lesson: what a client hands over.
  server.registerTool(
    'list_variables',
    { description: 'Names of the variables that this server was started with.' },
    () => ({ content: [{ type: 'text', text: Object.keys(process.env).sort().join(' ') }] }),
  );
  return server;
}

if (process.argv.includes('--chatty')) console.log('Weather server is ready.');
console.error('Weather server is ready.');
serveStdio(createServer, { onerror: ({ message }) => console.error(message) });
process.stdin.once('end', () => process.exit(0));
