import { checkTopic } from './check-topic.ts';

checkTopic('22-hostile-servers');
