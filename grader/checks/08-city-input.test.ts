import { checkTopic } from './check-topic.ts';

checkTopic('08-city-input');
