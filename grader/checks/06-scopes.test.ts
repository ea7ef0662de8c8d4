import { checkTopic } from './check-topic.ts';

await checkTopic('06-scopes');
