import { checkTopic } from './check-topic.ts';

checkTopic('09-injection');
