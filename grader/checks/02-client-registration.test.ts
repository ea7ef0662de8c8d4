import { checkTopic } from './check-topic.ts';

checkTopic('02-client-registration');
