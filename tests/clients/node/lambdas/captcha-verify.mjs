// AWS Amplify's documentation, "CAPTCHA-based authentication", Verify Auth Challenge Response Lambda Trigger. Unchanged.

export const handler = async (event, context) => {
    if (event.request.privateChallengeParameters.answer === event.request.challengeAnswer) {
        event.response.answerCorrect = true;
    } else {
        event.response.answerCorrect = false;
    }

    return event;
};
