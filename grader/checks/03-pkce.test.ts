import { checkTopic } from './check-topic.ts';

await checkTopic('03-pkce');
