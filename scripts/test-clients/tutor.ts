/** The tutor, started over stdio by two libraries that agents are built with. */
import path from 'node:path';
import { projectFolder } from '../../shared/project-path.ts';

const ENTRY = {
  command: process.execPath,
  args: ['scripts/run.mjs', 'commands/tutor.ts'].map((file) => path.join(projectFolder, file)),
};
const LESSON = { topic: '05', section: 'time' };
const WANTED = ['list_topics', 'read_lesson', 'fire_attack', 'grade_topic'];

/** An agent's tools, as its library has them, and how one is called. */
interface AgentTools {
  names: string[];
  call(name: string, input: object): Promise<unknown>;
  close(): Promise<void>;
}

const load = async <Module>(name: string): Promise<Module> => (await import(name)) as Module;

async function aiSdk(): Promise<AgentTools> {
  const { createMCPClient } = await load<{
    createMCPClient: (options: object) => Promise<{
      tools(): Promise<
        Record<string, { execute(input: object, options: object): Promise<unknown> }>
      >;
      close(): Promise<void>;
    }>;
  }>('@ai-sdk/mcp');
  const { Experimental_StdioMCPTransport: Transport } = await load<{
    Experimental_StdioMCPTransport: new (entry: object) => object;
  }>('@ai-sdk/mcp/mcp-stdio');
  const client = await createMCPClient({ transport: new Transport(ENTRY) });
  const tools = await client.tools();
  return {
    names: Object.keys(tools),
    call: async (name, input) => tools[name]?.execute(input, { toolCallId: '1', messages: [] }),
    close: () => client.close(),
  };
}

async function langchain(): Promise<AgentTools> {
  const { MultiServerMCPClient } = await load<{
    MultiServerMCPClient: new (servers: object) => {
      getTools(): Promise<{ name: string; invoke(input: object): Promise<unknown> }[]>;
      close(): Promise<void>;
    };
  }>('@langchain/mcp-adapters');
  const client = new MultiServerMCPClient({ tutor: { transport: 'stdio', ...ENTRY } });
  const tools = await client.getTools();
  return {
    names: tools.map(({ name }) => name),
    call: async (name, input) => tools.find((tool) => tool.name === name)?.invoke(input),
    close: () => client.close(),
  };
}

export const tutorClients: Record<string, () => Promise<AgentTools>> = {
  '@ai-sdk/mcp': aiSdk,
  '@langchain/mcp-adapters': langchain,
};

/** What is wrong, in sentences. */
export async function askTutor(open: () => Promise<AgentTools>): Promise<string[]> {
  const tools = await open();
  try {
    const missing = WANTED.filter((name) => !tools.names.includes(name));
    if (missing.length > 0) return [`it sees no ${missing.join(', ')}`];
    const lesson = JSON.stringify(await tools.call('read_lesson', LESSON));
    return lesson.includes('Time') ? [] : [`the lesson did not come: ${lesson.slice(0, 200)}`];
  } finally {
    await tools.close();
  }
}
