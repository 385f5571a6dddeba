import { describeSequences } from './sequences.ts';

describeSequences('where a change of members is one transaction');
