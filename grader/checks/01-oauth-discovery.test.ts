import { checkTopic } from './check-topic.ts';

await checkTopic('01-oauth-discovery');
