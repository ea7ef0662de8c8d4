import { checkTopic } from './check-topic.ts';

await checkTopic('08-city-input');
