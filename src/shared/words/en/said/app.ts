/** The desk itself: links, jobs, the check of the library. */
export const app = {
  onlyWebAddresses: 'Only web addresses can be opened.',
  checkStopped: 'The check was stopped.',
  jobUnderWay: 'That work is under way already.'
} as const
