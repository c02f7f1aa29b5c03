// Ours: any trigger that reports an error, by the callback.

exports.handler = (event, context, callback) => {
  callback(new Error("the picture has expired"));
};
