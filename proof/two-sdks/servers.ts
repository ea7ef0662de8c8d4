/** One little server in either SDK, on loopback, behind the application that the SDK makes for Express. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createMcpExpressApp as expressAppV2,
  requireBearerAuth as bearerV2,
} from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { requireBearerAuth as bearerV1 } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { createMcpExpressApp as expressAppV1 } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  createMcpHandler,
  inputRequired,
  McpServer as ServerV2,
} from '@modelcontextprotocol/server';
import express, { type Express, type RequestHandler } from 'express';
import { z } from 'zod';

const me = { name: 'two-sdks', version: '1.0.0' };
const echo = { inputSchema: z.object({ text: z.string() }) };
const asText = (text: string) => ({ content: [{ type: 'text' as const, text }] });
/** In a message of an error, and nowhere else. */
export const SECRET = 'secret-of-the-upstream';

/** What its tools saw. */
interface Seen {
  calls: string[];
}

export type Sdk = 'v1' | 'v2';
/** `helped`: behind `createMcpExpressApp`. `bare`: behind Express alone. */
export type Front = 'helped' | 'bare';

/** What a verifier of tokens makes of any token. */
export type Verdict = { expiresAt?: number; audience?: URL } | 'throws';

function serverV1(seen: Seen): ServerV1 {
  const server = new ServerV1(me);
  server.registerTool('echo', echo, ({ text }) => {
    seen.calls.push(text);
    return asText(text);
  });
  server.registerTool('fail', {}, () => {
    throw new Error(SECRET);
  });
  return server;
}

function serverV2(seen: Seen): ServerV2 {
  const server = new ServerV2(me);
  server.registerTool('echo', echo, ({ text }) => {
    seen.calls.push(text);
    return asText(text);
  });
  server.registerTool('fail', { inputSchema: z.object({}) }, () => {
    throw new Error(SECRET);
  });
  server.registerTool('confirm', { inputSchema: z.object({}) }, (_, { mcpReq }) => {
    const state = mcpReq.requestState();
    if (typeof state === 'string') {
      seen.calls.push(state);
      return asText(state);
    }
    return inputRequired({
      inputRequests: {
        sure: inputRequired.elicit({
          message: 'Sure?',
          requestedSchema: { type: 'object', properties: {} },
        }),
      },
      requestState: 'state-as-it-was-given',
    });
  });
  return server;
}

/** A running server; `close` ends it. */
export interface Running {
  url: string;
  seen: Seen;
  close(): Promise<void>;
}

/** @param verdict if tokens are asked for */
export async function start(sdk: Sdk, front: Front, verdict?: Verdict): Promise<Running> {
  const seen: Seen = { calls: [] };
  const app = appOf(sdk, front);
  if (verdict !== undefined) app.use(guardOf(sdk, verdict));
  app.all('/mcp', sdk === 'v1' ? answerV1(seen) : answerV2(seen));
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function appOf(sdk: Sdk, front: Front): Express {
  if (front === 'bare') return express();
  return sdk === 'v1' ? expressAppV1() : expressAppV2();
}

const answerV1 =
  (seen: Seen): RequestHandler =>
  async (request, response) => {
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    await serverV1(seen).connect(transport);
    await transport.handleRequest(request, response, request.body);
  };

function answerV2(seen: Seen): RequestHandler {
  const handle = toNodeHandler(createMcpHandler(() => serverV2(seen)));
  return (request, response) => void handle(request, response, request.body);
}

function guardOf(sdk: Sdk, verdict: Verdict): RequestHandler {
  const verifier = {
    verifyAccessToken(token: string) {
      if (verdict === 'throws') throw new TypeError('not the SDK’s own error');
      const { audience: resource, expiresAt } = verdict;
      return Promise.resolve({
        token,
        clientId: 'client',
        scopes: [],
        ...(expiresAt !== undefined && { expiresAt }),
        ...(resource !== undefined && { resource }),
      });
    },
  };
  return sdk === 'v1' ? bearerV1({ verifier }) : bearerV2({ verifier });
}
