"""The embedded stack: AWS in one process, MongoDB in another, the exporter in a third, `template.yaml` deployed.

home         where its files lie: state, logs, temporary files, database
processes    starts processes that are known to be ours, and ends exactly those
web          asks a part over HTTP
ports        a free port, the usual one if it can be had
aws          MiniStack: the AWS APIs and the Lambda workers
mongodb      MONGODB_URI, else mongod, else SecantusDB
exporter     the metrics exporter
prometheus   Prometheus, where the machine has one
package      the thin zip of each function
deploy       template.yaml through CloudFormation
state        Stack: where a running stack is reached
outputs      a Stack from CloudFormation outputs, wherever it is deployed
control      up and down
status       which parts answer
"""
