import { checkTopic } from './check-topic.ts';

await checkTopic('02-client-registration');
