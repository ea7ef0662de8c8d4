import { checkTopic } from './check-topic.ts';

checkTopic('11-transport');
