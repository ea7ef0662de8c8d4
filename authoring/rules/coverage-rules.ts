/**
 * What the course module *Authentication & Security* says, point by point, and where a lesson says
 * it. A point whose heading was renamed or removed is found.
 */
import type { Finding } from '../finding.ts';
import { lessonFile, lessonsOf } from '../lesson.ts';
import type { WorkbookRule } from '../workbook.ts';

/** A part of the module -> a point of it, in a few words -> the sections that cover it. */
const coverage: Record<string, Record<string, string[]>> = {
  'Opening and key concepts': {
    'tools that change data or reach something sensitive need authenticated callers': [
      '14-secure-server#what-goes-wrong',
      '05-access-tokens#what-goes-wrong',
    ],
    'security is a design constraint, not a later feature': [
      '14-secure-server#one-request-through-all-of-it',
    ],
    'OAuth 2.1 and PKCE': ['01-oauth-discovery#the-walk-of-a-client', '03-pkce#the-proof'],
    'envelope encryption of stored credentials': ['07-credentials#envelope-encryption'],
    'input sanitization against injection': ['09-injection#what-goes-wrong'],
    'rate limits per user and per tool': [
      '10-rate-limits#what-to-count-under',
      '10-rate-limits#expensive-tools',
    ],
    'transport security over HTTP': ['11-transport#what-goes-wrong'],
    'a security audit checklist': ['14-secure-server#the-whole-server-check'],
  },
  'OAuth 2.1 with PKCE': {
    'the client discovers what authorization takes': ['01-oauth-discovery#the-walk-of-a-client'],
    'the client makes a verifier and a challenge': ['03-pkce#the-proof'],
    'authorization endpoint, sign-in and consent': ['03-pkce#a-decision-for-each-client'],
    'the redirect that brings the code': ['03-pkce#exactly-that-address'],
    'code and verifier for an access token': ['04-token-grants#bound-to-its-request'],
    'the token goes with every request': ['05-access-tokens#where-the-token-travels'],
    'the metadata document of the authorization server': ['01-oauth-discovery#two-documents'],
    'an issuer and endpoints that are not written down by hand': [
      '01-oauth-discovery#built-from-configuration',
    ],
    'S256 and public clients are advertised': ['01-oauth-discovery#two-documents'],
    'PKCE is mandatory': ['03-pkce#only-s256'],
    'dynamic client registration': ['02-client-registration#what-goes-wrong'],
    'refresh tokens keep long sessions alive': ['04-token-grants#the-family'],
    'scopes decide which tools a client may use': ['06-scopes#tool-by-tool'],
    'middleware that reads the Authorization header': ['05-access-tokens#the-answer-401'],
    'verification of the token': [
      '05-access-tokens#verify-then-read',
      '05-access-tokens#issuer-and-audience',
      '05-access-tokens#time',
    ],
    'scopes are compared as whole words': ['06-scopes#whole-words'],
    'an insufficient scope is refused, and says what it takes': ['06-scopes#showing-and-refusing'],
  },
  'Credential management': {
    'credentials in code or plain files': ['07-credentials#what-goes-wrong'],
    'environment variables as the least': ['07-credentials#where-the-kek-comes-from'],
    'a data key for each credential': ['07-credentials#a-new-key-for-every-record'],
    'the data key encrypted under a key from a vault': ['07-credentials#envelope-encryption'],
    'wrapped key and ciphertext stored together, opened at run time': [
      '07-credentials#envelope-encryption',
    ],
    'the code with AES-CBC, and what it lacks': ['07-credentials#hidden-is-not-intact'],
    'environment, encrypted file, secret manager': ['07-credentials#where-the-kek-comes-from'],
  },
  'Input sanitization': {
    'a user’s words become a tool’s arguments': ['09-injection#what-goes-wrong'],
    'SQL injection': ['09-injection#sql'],
    'parameterized queries': ['09-injection#sql', '09-injection#what-cannot-be-bound'],
    'LIKE patterns and a bounded result': ['09-injection#wildcards'],
    'a maximum length for every string': ['08-city-input#length-and-type'],
    'enumerations instead of strings': ['08-city-input#length-and-type'],
    'paths that lead out of the folder': ['09-injection#paths', '09-injection#compare-segments'],
    'no input in a shell command': ['09-injection#commands'],
    'arguments as a list, and options among them': [
      '09-injection#commands',
      '09-injection#options-are-arguments-too',
    ],
  },
  'Rate limiting': {
    'agents call in loops': ['10-rate-limits#what-goes-wrong'],
    'a window that counts and begins anew': ['10-rate-limits#the-window'],
    'counted for each user': ['10-rate-limits#what-to-count-under'],
    'counted and decided in one step': ['10-rate-limits#one-step'],
    'a map that only grows': ['10-rate-limits#forgetting'],
    'an answer that says when to come back': ['10-rate-limits#the-answer'],
  },
  'Transport security': {
    'stdio is local, HTTP is not': ['11-transport#what-goes-wrong'],
    TLS: ['11-transport#tls'],
    'CORS with known origins': [
      '11-transport#what-cors-is-for',
      '11-transport#compare-origins-as-whole-texts',
    ],
    'security headers': ['11-transport#headers-on-every-answer'],
    'a limit for the size of a request': ['11-transport#a-limit-that-holds'],
    'an audit line with who, what, when and from where': [
      '12-audit-log#one-line-for-every-attempt',
      '12-audit-log#what-the-caller-may-say',
    ],
  },
  'The exercise': {
    'discovery and verification of tokens': [
      '01-oauth-discovery#what-to-try',
      '05-access-tokens#what-to-try',
    ],
    'the city: length and characters': [
      '08-city-input#length-and-type',
      '08-city-input#every-real-name',
    ],
    'sixty calls a minute for each user': ['10-rate-limits#the-window'],
    'an audit line for every tool call': ['12-audit-log#one-line-for-every-attempt'],
    'right answers to failures of authorization, limits and input': [
      '13-error-responses#before-any-tool-runs',
      '13-error-responses#four-readers',
    ],
  },
  'Check your understanding': {
    'why OAuth and not API keys': ['01-oauth-discovery#the-walk-of-a-client'],
    'what envelope encryption is, and why': ['07-credentials#envelope-encryption'],
    'three kinds of injection': ['09-injection#sql', '09-injection#paths', '09-injection#commands'],
    'why limits matter more with agents': ['10-rate-limits#what-goes-wrong'],
    'stdio against HTTP': ['11-transport#what-goes-wrong'],
  },
};

/** The questions at the end of the module, and the lessons that ask them. */
const QUESTIONS: Record<string, string> = {
  'tokens-instead-of-keys': '01-oauth-discovery',
  'why-envelopes': '07-credentials',
  'three-kinds': '09-injection',
  'why-agents': '10-rate-limits',
  'stdio-and-http': '11-transport',
};

const covered: WorkbookRule = {
  holds: 'every point of the course module is in a lesson',
  find: async (book) => {
    const anchors = new Map((await lessonsOf(book)).map(({ slug, anchors }) => [slug, anchors]));
    return Object.values(coverage)
      .flatMap((points) => Object.entries(points))
      .flatMap(([point, places]) =>
        places.flatMap((place): Finding[] => {
          const [slug = '', anchor = ''] = place.split('#');
          if (anchors.get(slug)?.has(anchor) ?? book.files.has(lessonFile(slug))) return [];
          return [
            {
              file: lessonFile(slug),
              wrong: `The module’s point “${point}” is said under #${anchor}, which is no heading here.`,
              mend: 'Bring the heading back, or say in authoring/rules/coverage-rules.ts where the point is now.',
            },
          ];
        }),
      );
  },
};

const asked: WorkbookRule = {
  holds: 'the questions of the course module are asked',
  find: async (book) => {
    const lessons = await lessonsOf(book);
    return Object.entries(QUESTIONS).flatMap(([id, asking]): Finding[] => {
      const lesson = lessons.find(({ slug }) => slug === asking);
      if (!lesson || lesson.head.quiz.some((question) => question.id === id)) return [];
      const wrong = `It does not ask “${id}”, which the course module asks.`;
      return [{ file: lesson.file, wrong, mend: 'Ask it again, under this id.' }];
    });
  },
};

export const coverageRules = [covered, asked];
