// The AWS SDK for Mobile's documentation, "Custom auth flow", Lambda Trigger Setup: AWSMobileClient begins with a dummy
// password, and Define Auth Challenge goes on to the custom challenge. Unchanged but for what typesetting lost: the
// indentation, and the two braces that close the last branch and the function.

exports.handler = (event, context) => {
  if (
    event.request.session.length === 1 &&
    event.request.session[0].challengeName === 'SRP_A'
  ) {
    event.response.issueTokens = false;
    event.response.failAuthentication = false;
    event.response.challengeName = 'CUSTOM_CHALLENGE';
  } else if (
    event.request.session.length === 2 &&
    event.request.session[1].challengeName === 'CUSTOM_CHALLENGE' &&
    event.request.session[1].challengeResult === true
  ) {
    event.response.issueTokens = true;
    event.response.failAuthentication = false;
  } else {
    event.response.issueTokens = false;
    event.response.failAuthentication = true;
  }
  context.done(null, event);
};
