// Ours: the document has no Create Auth Challenge of its own, and captcha-create makes none once there is a session.

exports.handler = (event, context, callback) => {
  event.response.publicChallengeParameters = { captchaUrl: "url/123.jpg" };
  event.response.privateChallengeParameters = { answer: "5" };
  event.response.challengeMetadata = "CAPTCHA_CHALLENGE";
  callback(null, event);
};
